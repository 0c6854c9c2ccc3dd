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
CREATE INDEX "findings_book_id_index" ON "findings" USING btree ("book","id");