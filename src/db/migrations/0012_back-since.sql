ALTER TABLE "link_targets" ADD COLUMN "mirrors_since" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "arrivals_by_age" ON "arrivals" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "source_items_new" ON "source_items" USING btree ("source_id","created_at") WHERE "source_items"."state" = 'new';