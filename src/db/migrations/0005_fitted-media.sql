ALTER TABLE "media" ADD COLUMN "video_codec" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "audio_codec" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "of_id" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "fit" text;--> statement-breakpoint
CREATE UNIQUE INDEX "media_fitted" ON "media" USING btree ("workspace_id","of_id","fit") WHERE "media"."of_id" is not null;