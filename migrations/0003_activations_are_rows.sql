INSERT INTO "activations" ("book", "version", "at", "by", "kind", "content_hash")
SELECT "book", "version", "activated_at", coalesce("activated_by", 'nobody known'), 'first', 'from before there were hashes'
FROM "models" WHERE "activated_at" IS NOT NULL ORDER BY "activated_at", "version";--> statement-breakpoint
ALTER TABLE "models" DROP COLUMN "activated_at";--> statement-breakpoint
ALTER TABLE "models" DROP COLUMN "activated_by";