CREATE TABLE "arrivals" (
	"account_id" text NOT NULL,
	"origin" text NOT NULL,
	"workspace_id" text NOT NULL,
	"item_id" text NOT NULL,
	"post_id" text,
	"text_key" text NOT NULL,
	"looks" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "arrivals_account_id_origin_pk" PRIMARY KEY("account_id","origin")
);
--> statement-breakpoint
CREATE TABLE "source_items" (
	"source_id" text NOT NULL,
	"external_id" text NOT NULL,
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"url" text NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text NOT NULL,
	"reason_code" text,
	"reason_text" text,
	"notes" jsonb DEFAULT '[]' NOT NULL,
	"next_share_at" timestamp with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"tries" smallint DEFAULT 0 NOT NULL,
	"files" jsonb DEFAULT '[]' NOT NULL,
	"changed" text,
	"changed_at" timestamp with time zone,
	"missing" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "source_items_source_id_external_id_pk" PRIMARY KEY("source_id","external_id"),
	CONSTRAINT "source_items_id" UNIQUE("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"account_id" text,
	"feed" text,
	"title" text,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"next_read_at" timestamp with time zone DEFAULT now() NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"read_at" timestamp with time zone,
	"failures" smallint DEFAULT 0 NOT NULL,
	"error_code" text,
	"error_text" text,
	"etag" text,
	"last_modified" text,
	"held_at" timestamp with time zone,
	"hub" text,
	"topic" text,
	"push_key" text,
	"push_until" timestamp with time zone,
	CONSTRAINT "sources_in_workspace" UNIQUE("workspace_id","id"),
	CONSTRAINT "sources_account" UNIQUE("workspace_id","account_id"),
	CONSTRAINT "sources_feed" UNIQUE("workspace_id","feed"),
	CONSTRAINT "sources_push_key" UNIQUE("push_key"),
	CONSTRAINT "sources_one_place" CHECK (("sources"."account_id" is null) <> ("sources"."feed" is null))
);
--> statement-breakpoint
ALTER TABLE "links" ALTER COLUMN "source_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "feed" text;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "mirror" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "delay_minutes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "review" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "quiet_hours" jsonb;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "active_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "active_to" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "on_delete" text DEFAULT 'ask' NOT NULL;--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "mirrors_since" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "look" text;--> statement-breakpoint
ALTER TABLE "arrivals" ADD CONSTRAINT "arrivals_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "arrivals" ADD CONSTRAINT "arrivals_workspace_id_post_id_posts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","post_id") REFERENCES "public"."posts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_items" ADD CONSTRAINT "source_items_workspace_id_source_id_sources_workspace_id_id_fk" FOREIGN KEY ("workspace_id","source_id") REFERENCES "public"."sources"("workspace_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "arrivals_by_text" ON "arrivals" USING btree ("account_id","text_key","at");--> statement-breakpoint
CREATE INDEX "arrivals_by_item" ON "arrivals" USING btree ("workspace_id","item_id");--> statement-breakpoint
CREATE INDEX "arrivals_by_post" ON "arrivals" USING btree ("post_id") WHERE "arrivals"."post_id" is not null;--> statement-breakpoint
CREATE INDEX "source_items_by_age" ON "source_items" USING btree ("source_id","created_at");--> statement-breakpoint
CREATE INDEX "source_items_to_share" ON "source_items" USING btree ("next_share_at") WHERE "source_items"."next_share_at" is not null;--> statement-breakpoint
CREATE INDEX "sources_next_read" ON "sources" USING btree ("next_read_at");--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_one_source" CHECK (("links"."source_id" is null) <> ("links"."feed" is null));