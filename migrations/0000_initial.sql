CREATE TABLE "accounts" (
	"book" text NOT NULL,
	"import_id" integer NOT NULL,
	"digest" text NOT NULL,
	"id" text NOT NULL,
	"name" text,
	"domain" text,
	"owner_email" text,
	CONSTRAINT "accounts_book_id_import_id_pk" PRIMARY KEY("book","id","import_id")
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"book" text NOT NULL,
	"import_id" integer NOT NULL,
	"digest" text NOT NULL,
	"id" text NOT NULL,
	"account_id" text,
	"email" text,
	"title" text,
	"seniority" text,
	"more" jsonb NOT NULL,
	CONSTRAINT "contacts_book_id_import_id_pk" PRIMARY KEY("book","id","import_id")
);
--> statement-breakpoint
CREATE TABLE "observations" (
	"book" text NOT NULL,
	"import_id" integer NOT NULL,
	"digest" text NOT NULL,
	"account_id" text NOT NULL,
	"slot" text NOT NULL,
	"observed_at" timestamp with time zone,
	"source" text NOT NULL,
	"values" jsonb NOT NULL,
	CONSTRAINT "observations_book_account_id_slot_import_id_pk" PRIMARY KEY("book","account_id","slot","import_id")
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"id" text PRIMARY KEY NOT NULL,
	"question" text NOT NULL,
	"arguments" jsonb NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"import_id" integer NOT NULL,
	"model_version" integer,
	"read" jsonb NOT NULL,
	"figures" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slack_events" (
	"id" text PRIMARY KEY NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"key" text PRIMARY KEY NOT NULL,
	"state" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "books" (
	"name" text PRIMARY KEY NOT NULL,
	"time_kind" text NOT NULL,
	"clock" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "fields" (
	"book" text NOT NULL,
	"field" text NOT NULL,
	"layer" text NOT NULL,
	"type" text NOT NULL,
	"label" text,
	"left_out" text,
	CONSTRAINT "fields_book_field_pk" PRIMARY KEY("book","field")
);
--> statement-breakpoint
CREATE TABLE "import_files" (
	"import_id" integer NOT NULL,
	"file" text NOT NULL,
	"rows_done" integer NOT NULL,
	"records" integer NOT NULL,
	"set_aside" integer NOT NULL,
	"finished" boolean NOT NULL,
	CONSTRAINT "import_files_import_id_file_pk" PRIMARY KEY("import_id","file")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" integer PRIMARY KEY NOT NULL,
	"book" text NOT NULL,
	"label" text NOT NULL,
	"content_hash" text NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "imports_book_contentHash_unique" UNIQUE("book","content_hash")
);
--> statement-breakpoint
CREATE TABLE "set_aside" (
	"import_id" integer NOT NULL,
	"file" text NOT NULL,
	"line" integer NOT NULL,
	"nth" integer NOT NULL,
	"reason" text NOT NULL,
	"excerpt" text NOT NULL,
	CONSTRAINT "set_aside_import_id_file_line_nth_pk" PRIMARY KEY("import_id","file","line","nth")
);
--> statement-breakpoint
CREATE TABLE "models" (
	"version" integer PRIMARY KEY NOT NULL,
	"book" text NOT NULL,
	"import_id" integer NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"model" jsonb NOT NULL,
	"catalogue" jsonb NOT NULL,
	"verdict" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"activated_at" timestamp with time zone,
	"activated_by" text
);
--> statement-breakpoint
CREATE TABLE "score_runs" (
	"book" text PRIMARY KEY NOT NULL,
	"model_version" integer NOT NULL,
	"import_id" integer NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"accounts" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scores" (
	"book" text NOT NULL,
	"account_id" text NOT NULL,
	"score" double precision NOT NULL,
	"tier" smallint NOT NULL,
	"positive" double precision NOT NULL,
	"detractor_match" double precision NOT NULL,
	"flagged" boolean NOT NULL,
	"p_accepted" double precision,
	"p_qualified" double precision,
	"p_won" double precision,
	"p_expanded" double precision,
	"p_churned" double precision,
	"fit_points" double precision NOT NULL,
	"timing_points" double precision NOT NULL,
	"segment" text,
	"evidence" text NOT NULL,
	"label" text,
	CONSTRAINT "scores_book_account_id_pk" PRIMARY KEY("book","account_id")
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"book" text NOT NULL,
	"import_id" integer NOT NULL,
	"digest" text NOT NULL,
	"account_id" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"churn_reason" text,
	"arr" double precision,
	"renewal_on" timestamp with time zone,
	"cs_owner_email" text,
	"more" jsonb NOT NULL,
	CONSTRAINT "customers_book_account_id_started_at_import_id_pk" PRIMARY KEY("book","account_id","started_at","import_id")
);
--> statement-breakpoint
CREATE TABLE "leads" (
	"book" text NOT NULL,
	"import_id" integer NOT NULL,
	"digest" text NOT NULL,
	"id" text NOT NULL,
	"account_id" text,
	"created_at" timestamp with time zone,
	"source" text,
	"status" text NOT NULL,
	"decided_at" timestamp with time zone,
	"reject_reason" text,
	"owner_email" text,
	"more" jsonb NOT NULL,
	CONSTRAINT "leads_book_id_import_id_pk" PRIMARY KEY("book","id","import_id")
);
--> statement-breakpoint
CREATE TABLE "opportunities" (
	"book" text NOT NULL,
	"import_id" integer NOT NULL,
	"digest" text NOT NULL,
	"id" text NOT NULL,
	"account_id" text,
	"created_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"outcome" text NOT NULL,
	"amount" double precision,
	"type" text NOT NULL,
	"close_date" timestamp with time zone,
	"budget_confirmed" boolean,
	"next_step" text,
	"loss_reason" text,
	"source" text,
	"stakeholders" double precision,
	"more" jsonb NOT NULL,
	CONSTRAINT "opportunities_book_id_import_id_pk" PRIMARY KEY("book","id","import_id")
);
--> statement-breakpoint
CREATE TABLE "outcomes" (
	"book" text NOT NULL,
	"import_id" integer NOT NULL,
	"digest" text NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	"reason" text,
	CONSTRAINT "outcomes_book_account_id_kind_occurred_at_source_pk" PRIMARY KEY("book","account_id","kind","occurred_at","source")
);
--> statement-breakpoint
CREATE TABLE "flags" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "flags_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"book" text NOT NULL,
	"account_id" text NOT NULL,
	"flagged_by" text NOT NULL,
	"reason" text,
	"flagged_at" timestamp with time zone NOT NULL,
	"model_version" integer,
	"score" text
);
--> statement-breakpoint
CREATE TABLE "people" (
	"email" text PRIMARY KEY NOT NULL,
	"slack_id" text,
	"name" text NOT NULL,
	"role" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "settings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	"set_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signals" (
	"book" text NOT NULL,
	"import_id" integer NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	"digest" text NOT NULL,
	"value" double precision,
	"text" text,
	CONSTRAINT "signals_book_account_id_kind_observed_at_source_digest_pk" PRIMARY KEY("book","account_id","kind","observed_at","source","digest")
);
--> statement-breakpoint
CREATE TABLE "usage" (
	"book" text NOT NULL,
	"import_id" integer NOT NULL,
	"digest" text NOT NULL,
	"account_id" text NOT NULL,
	"metric" text NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"value" double precision NOT NULL,
	CONSTRAINT "usage_book_account_id_metric_period_start_import_id_pk" PRIMARY KEY("book","account_id","metric","period_start","import_id")
);
--> statement-breakpoint
CREATE INDEX "leads_by_account" ON "leads" USING btree ("book","account_id");--> statement-breakpoint
CREATE INDEX "opportunities_by_account" ON "opportunities" USING btree ("book","account_id");