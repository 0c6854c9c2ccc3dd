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
CREATE INDEX "wordings_book_id_index" ON "wordings" USING btree ("book","id");