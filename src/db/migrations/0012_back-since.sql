ALTER TABLE "link_targets" ADD COLUMN "mirrors_since" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "arrivals_by_age" ON "arrivals" USING btree ("account_id","at");