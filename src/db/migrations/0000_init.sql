CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"platform" text NOT NULL,
	"mode" text NOT NULL,
	"external_id" text NOT NULL,
	"handle" text NOT NULL,
	"name" text NOT NULL,
	"base_url" text,
	"scopes" text[] DEFAULT '{}' NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"reason_code" text,
	"reason_text" text,
	"grant_id" text,
	"cool_until" timestamp with time zone,
	"next_late_at" timestamp with time zone,
	"late_sends" smallint DEFAULT 0 NOT NULL,
	"late_since" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "accounts_in_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "accounts_grant_present" CHECK ("accounts"."grant_id" is not null or "accounts"."state" = 'disconnected')
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"key_id" text NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"version" text NOT NULL,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"delivery_id" text NOT NULL,
	"fence" bigint NOT NULL,
	"phase" text NOT NULL,
	"owner" bigint,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"http_status" smallint,
	"outcome" text,
	"evidence" jsonb,
	CONSTRAINT "attempts_delivery_id_fence_pk" PRIMARY KEY("delivery_id","fence")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"post_id" text NOT NULL,
	"account_id" text NOT NULL,
	"platform" text NOT NULL,
	"variant_id" text NOT NULL,
	"payload_hash" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"not_before" timestamp with time zone,
	"max_lateness_ms" integer NOT NULL,
	"state" text DEFAULT 'scheduled' NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"owner" bigint,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_check_at" timestamp with time zone,
	"settle_until" timestamp with time zone,
	"looks" smallint DEFAULT 0 NOT NULL,
	"absences" smallint DEFAULT 0 NOT NULL,
	"sent_at" timestamp with time zone,
	"prepare_at" timestamp with time zone,
	"prepared" jsonb,
	"handle" text,
	"external_id" text,
	"external_url" text,
	"reason_code" text,
	"reason_text" text,
	"part" smallint DEFAULT 0 NOT NULL,
	"after_id" text,
	"waits_for" text,
	"published_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deliveries_part" UNIQUE("post_id","account_id","part"),
	CONSTRAINT "deliveries_state" CHECK ("deliveries"."state" in ('scheduled', 'claimed', 'sending', 'processing', 'retrying', 'held', 'uncertain', 'needs_decision', 'published', 'failed', 'missed', 'canceled', 'deleted')),
	CONSTRAINT "deliveries_checked" CHECK ("deliveries"."next_check_at" is not null or "deliveries"."state" in ('published', 'failed', 'missed', 'canceled', 'deleted')),
	CONSTRAINT "deliveries_published" CHECK ("deliveries"."state" <> 'published' or "deliveries"."published_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "delivery_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"xid" bigint DEFAULT (pg_current_xact_id()::text)::bigint NOT NULL,
	"workspace_id" text NOT NULL,
	"type" text NOT NULL,
	"delivery_id" text,
	"post_id" text,
	"account_id" text,
	"from_state" text,
	"fence" bigint,
	"reason_code" text,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker_sessions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "worker_sessions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"role" text NOT NULL,
	"platforms" text[] NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_beat" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"kind" text NOT NULL,
	"mime_type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"duration_ms" integer,
	"alt_text" text DEFAULT '' NOT NULL,
	"storage_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "media_in_workspace" UNIQUE("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "post_media" (
	"post_id" text NOT NULL,
	"media_id" text NOT NULL,
	"workspace_id" text NOT NULL,
	"position" smallint NOT NULL,
	CONSTRAINT "post_media_post_id_media_id_pk" PRIMARY KEY("post_id","media_id")
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"content" jsonb NOT NULL,
	"text" text NOT NULL,
	"due_at" timestamp with time zone,
	"wall_time" text,
	"zone" text,
	"time_choice" text,
	"canceled_at" timestamp with time zone,
	"deleted_at" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "posts_in_workspace" UNIQUE("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "variants" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"post_id" text NOT NULL,
	"content" jsonb NOT NULL,
	"payload_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"workspace_id" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"status" smallint,
	"response" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"paused_at" timestamp with time zone,
	"pause_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_grant_id_grants_id_fk" FOREIGN KEY ("grant_id") REFERENCES "public"."grants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grants" ADD CONSTRAINT "grants_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_variant_id_variants_id_fk" FOREIGN KEY ("variant_id") REFERENCES "public"."variants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_workspace_id_post_id_posts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","post_id") REFERENCES "public"."posts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_media" ADD CONSTRAINT "post_media_workspace_id_post_id_posts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","post_id") REFERENCES "public"."posts"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "post_media" ADD CONSTRAINT "post_media_workspace_id_media_id_media_workspace_id_id_fk" FOREIGN KEY ("workspace_id","media_id") REFERENCES "public"."media"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "posts" ADD CONSTRAINT "posts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variants" ADD CONSTRAINT "variants_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "variants" ADD CONSTRAINT "variants_workspace_id_post_id_posts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","post_id") REFERENCES "public"."posts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_identity" ON "accounts" USING btree ("workspace_id","platform","mode","external_id",coalesce("base_url", '')) WHERE "accounts"."state" <> 'disconnected';--> statement-breakpoint
CREATE INDEX "accounts_grant" ON "accounts" USING btree ("grant_id");--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_one_open" ON "attempts" USING btree ("delivery_id") WHERE "attempts"."phase" = 'sending';--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_external" ON "deliveries" USING btree ("account_id","external_id") WHERE "deliveries"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_next_check" ON "deliveries" USING btree ("next_check_at") WHERE "deliveries"."next_check_at" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_prepare" ON "deliveries" USING btree ("prepare_at") WHERE "deliveries"."prepare_at" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_waiting" ON "deliveries" USING btree ("waits_for") WHERE "deliveries"."waits_for" is not null;--> statement-breakpoint
CREATE INDEX "deliveries_by_due" ON "deliveries" USING btree ("workspace_id","due_at");--> statement-breakpoint
CREATE INDEX "delivery_events_stream" ON "delivery_events" USING btree ("workspace_id","xid","id");--> statement-breakpoint
CREATE INDEX "delivery_events_by_delivery" ON "delivery_events" USING btree ("delivery_id") WHERE "delivery_events"."delivery_id" is not null;--> statement-breakpoint
CREATE INDEX "media_by_age" ON "media" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "post_media_by_file" ON "post_media" USING btree ("media_id");--> statement-breakpoint
CREATE INDEX "posts_by_due" ON "posts" USING btree ("workspace_id","due_at");--> statement-breakpoint
CREATE INDEX "posts_by_age" ON "posts" USING btree ("workspace_id","id");--> statement-breakpoint
CREATE INDEX "variants_by_post" ON "variants" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "api_keys_workspace" ON "api_keys" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("created_at");