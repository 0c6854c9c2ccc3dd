CREATE TABLE "audit_log" (
	"seq" integer PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"details" jsonb NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cautions" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cautions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"book" text NOT NULL,
	"conditions" jsonb NOT NULL,
	"text" text NOT NULL,
	"by" text NOT NULL,
	"by_name" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "company_events" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "company_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"book" text NOT NULL,
	"account_id" text,
	"kind" text NOT NULL,
	"on" timestamp with time zone NOT NULL,
	"note" text,
	"by" text NOT NULL,
	"by_name" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "lead_answers" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "lead_answers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"book" text NOT NULL,
	"lead_id" text NOT NULL,
	"account_id" text,
	"answer" text NOT NULL,
	"reason" text,
	"by" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"model_version" integer,
	"score" double precision,
	"tier" smallint,
	"undone_at" timestamp with time zone,
	"undone_by" text
);
--> statement-breakpoint
CREATE TABLE "lead_cards" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "lead_cards_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"book" text NOT NULL,
	"lead_id" text NOT NULL,
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"posted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "overrides" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "overrides_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"book" text NOT NULL,
	"account_id" text NOT NULL,
	"tier" smallint NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"by_name" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"model_version" integer,
	"model_tier" smallint,
	"model_score" double precision,
	"ended_at" timestamp with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "proposal_changes" (
	"proposal_id" integer NOT NULL,
	"number" integer NOT NULL,
	"change" jsonb NOT NULL,
	"dry_run" jsonb NOT NULL,
	CONSTRAINT "proposal_changes_proposal_id_number_pk" PRIMARY KEY("proposal_id","number")
);
--> statement-breakpoint
CREATE TABLE "proposal_events" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "proposal_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"proposal_id" integer NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"change" integer,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"by_name" text NOT NULL,
	"details" jsonb NOT NULL,
	CONSTRAINT "proposal_events_proposalId_key_unique" UNIQUE("proposal_id","key")
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "proposals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"book" text NOT NULL,
	"base_version" integer NOT NULL,
	"candidate_version" integer,
	"import_id" integer NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"drafted_at" timestamp with time zone NOT NULL,
	"drafted_by" text NOT NULL,
	"owner_email" text,
	"deadline_at" timestamp with time zone NOT NULL,
	"dry_run" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "activations" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "activations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"book" text NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"kind" text NOT NULL,
	"proposal_id" integer,
	"content_hash" text NOT NULL,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "held_tiers" (
	"book" text NOT NULL,
	"account_id" text NOT NULL,
	"tier" smallint NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"leaning" smallint NOT NULL,
	"runs" smallint NOT NULL,
	CONSTRAINT "held_tiers_book_account_id_pk" PRIMARY KEY("book","account_id")
);
--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "content_hash" text;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "parent_version" integer;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "changelog" text;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "answered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "answered_by" text;--> statement-breakpoint
ALTER TABLE "flags" ADD COLUMN "answer" text;--> statement-breakpoint
CREATE INDEX "cautions_book_index" ON "cautions" USING btree ("book");--> statement-breakpoint
CREATE INDEX "company_events_book_index" ON "company_events" USING btree ("book");--> statement-breakpoint
CREATE INDEX "lead_answers_book_lead_id_index" ON "lead_answers" USING btree ("book","lead_id");--> statement-breakpoint
CREATE INDEX "lead_cards_book_lead_id_index" ON "lead_cards" USING btree ("book","lead_id");--> statement-breakpoint
CREATE INDEX "overrides_book_account_id_index" ON "overrides" USING btree ("book","account_id");--> statement-breakpoint
CREATE INDEX "proposal_events_proposal_id_index" ON "proposal_events" USING btree ("proposal_id");--> statement-breakpoint
CREATE INDEX "proposals_book_id_index" ON "proposals" USING btree ("book","id");--> statement-breakpoint
CREATE INDEX "activations_book_id_index" ON "activations" USING btree ("book","id");