ALTER TABLE "source_items" ADD COLUMN "also_links" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "source_items" ADD COLUMN "again" boolean DEFAULT false NOT NULL;