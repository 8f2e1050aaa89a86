ALTER TABLE "arrivals" ADD COLUMN "post_revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "source_items" ADD COLUMN "by_hand_link" text;