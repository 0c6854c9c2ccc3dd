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
CREATE TABLE "findings" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "findings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"book" text NOT NULL,
	"model_version" integer NOT NULL,
	"import_id" integer NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"inputs" jsonb NOT NULL,
	"findings" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wordings" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "wordings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"book" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"name" text NOT NULL,
	"text" text NOT NULL,
	"person" text,
	"said_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"job" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"attempts" integer NOT NULL,
	"token" integer,
	"owner" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"next_try_at" timestamp with time zone,
	"reason" text,
	"counts" jsonb,
	CONSTRAINT "job_runs_job_due_at_pk" PRIMARY KEY("job","due_at")
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"token" integer NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "churn_alert_events_alert_id_index" ON "churn_alert_events" USING btree ("alert_id");--> statement-breakpoint
CREATE INDEX "findings_book_id_index" ON "findings" USING btree ("book","id");--> statement-breakpoint
CREATE INDEX "wordings_book_id_index" ON "wordings" USING btree ("book","id");