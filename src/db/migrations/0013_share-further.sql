ALTER TABLE "source_items" ADD COLUMN "also_links" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "source_items" ADD COLUMN "again" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "source_items_by_id" ON "source_items" USING btree ("source_id","id");--> statement-breakpoint
CREATE INDEX "source_items_by_state" ON "source_items" USING btree ("source_id","state","id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "source_items_new" ON "source_items" USING btree ("source_id","created_at") WHERE "source_items"."state" = 'new';--> statement-breakpoint
CREATE INDEX "source_items_again" ON "source_items" USING btree ("source_id","created_at") WHERE "source_items"."again";