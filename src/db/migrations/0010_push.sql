ALTER TABLE "sources" ADD COLUMN "push_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "taken" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "rung" boolean DEFAULT false NOT NULL;