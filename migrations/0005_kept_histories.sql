CREATE TABLE "kept_histories" (
	"book" text NOT NULL,
	"import_id" integer NOT NULL,
	"nth" integer NOT NULL,
	"accounts" integer NOT NULL,
	"last_id" text NOT NULL,
	"folded" "bytea" NOT NULL,
	CONSTRAINT "kept_histories_book_import_id_nth_pk" PRIMARY KEY("book","import_id","nth")
);
--> statement-breakpoint
-- The bytes are compressed already.
ALTER TABLE "kept_histories" ALTER COLUMN "folded" SET STORAGE EXTERNAL;
