ALTER TABLE "link_targets" ADD COLUMN "mirrors_since" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
UPDATE "link_targets" t SET "mirrors_since" = l."mirrors_since" FROM "links" l WHERE l."id" = t."link_id";
