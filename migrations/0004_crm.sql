CREATE TABLE "departures" (
	"book" text NOT NULL,
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"import_id" integer NOT NULL,
	"gone_at" timestamp with time zone NOT NULL,
	"merged_into" text,
	CONSTRAINT "departures_book_kind_id_import_id_pk" PRIMARY KEY("book","kind","id","import_id")
);
--> statement-breakpoint
CREATE TABLE "publication_jobs" (
	"publication_id" text NOT NULL,
	"nth" integer NOT NULL,
	"object" text NOT NULL,
	"job_id" text,
	"state" text NOT NULL,
	"rows" integer NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"bytes" bigint,
	CONSTRAINT "publication_jobs_publication_id_nth_pk" PRIMARY KEY("publication_id","nth")
);
--> statement-breakpoint
CREATE TABLE "publication_rows" (
	"publication_id" text NOT NULL,
	"object" text NOT NULL,
	"record_id" text NOT NULL,
	"nth" integer NOT NULL,
	"account_id" text,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"state" text NOT NULL,
	"job_nth" integer,
	"attempts" integer NOT NULL,
	"code" text,
	"reason" text,
	CONSTRAINT "publication_rows_publication_id_object_record_id_pk" PRIMARY KEY("publication_id","object","record_id")
);
--> statement-breakpoint
CREATE TABLE "publications" (
	"id" text PRIMARY KEY NOT NULL,
	"book" text NOT NULL,
	"org_id" text NOT NULL,
	"org_name" text NOT NULL,
	"org_setting" text NOT NULL,
	"kind" text NOT NULL,
	"undoes" text,
	"model_version" integer NOT NULL,
	"model_hash" text NOT NULL,
	"import_id" integer NOT NULL,
	"scored_at" timestamp with time zone NOT NULL,
	"plan_hash" text NOT NULL,
	"planned_at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"resume_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"calls" integer NOT NULL,
	"told" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_progress" (
	"import_id" integer NOT NULL,
	"org_id" text NOT NULL,
	"object" text NOT NULL,
	"modstamp" timestamp with time zone,
	"record_id" text,
	"records" integer NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "sync_progress_import_id_object_pk" PRIMARY KEY("import_id","object")
);
--> statement-breakpoint
CREATE INDEX "publication_rows_publication_id_state_index" ON "publication_rows" USING btree ("publication_id","state");--> statement-breakpoint
CREATE INDEX "publication_rows_account_id_object_index" ON "publication_rows" USING btree ("account_id","object");--> statement-breakpoint
CREATE INDEX "publications_book_planned_at_index" ON "publications" USING btree ("book","planned_at");