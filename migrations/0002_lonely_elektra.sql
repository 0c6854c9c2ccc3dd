CREATE TABLE "churn_alert_events" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "churn_alert_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"alert_id" integer NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text,
	"by_name" text,
	"until" timestamp with time zone,
	"reason" text,
	"channel" text,
	"ts" text,
	CONSTRAINT "churn_alert_events_alertId_key_unique" UNIQUE("alert_id","key")
);
--> statement-breakpoint
CREATE TABLE "churn_alerts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "churn_alerts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"book" text NOT NULL,
	"account_id" text NOT NULL,
	"episode" integer NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"horizon_days" integer NOT NULL,
	"customer" jsonb NOT NULL,
	CONSTRAINT "churn_alerts_book_accountId_episode_unique" UNIQUE("book","account_id","episode")
);
--> statement-breakpoint
CREATE TABLE "told_lists" (
	"book" text NOT NULL,
	"list" text NOT NULL,
	"week" text NOT NULL,
	"told_at" timestamp with time zone NOT NULL,
	CONSTRAINT "told_lists_book_list_week_pk" PRIMARY KEY("book","list","week")
);
--> statement-breakpoint
CREATE INDEX "churn_alert_events_alert_id_index" ON "churn_alert_events" USING btree ("alert_id");