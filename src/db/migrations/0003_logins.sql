CREATE TABLE "apps" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"platform" text NOT NULL,
	"mode" text NOT NULL,
	"base_url" text DEFAULT '' NOT NULL,
	"client_id" text NOT NULL,
	"seal_key_id" text NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"made_by" text NOT NULL,
	"redirect_uri" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"key_id" text NOT NULL,
	"platform" text NOT NULL,
	"mode" text NOT NULL,
	"base_url" text,
	"account_id" text,
	"return_to" text,
	"step" text DEFAULT 'waiting' NOT NULL,
	"ticket_hash" "bytea" NOT NULL,
	"state_hash" "bytea" NOT NULL,
	"browser_hash" "bytea",
	"seal_key_id" text NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"identities" jsonb,
	"account_ids" text[] DEFAULT '{}' NOT NULL,
	"reason_code" text,
	"reason_text" text,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "renewing_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "renewed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "warned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "apps" ADD CONSTRAINT "apps_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_workspace_id_account_id_accounts_workspace_id_id_fk" FOREIGN KEY ("workspace_id","account_id") REFERENCES "public"."accounts"("workspace_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "apps_place" ON "apps" USING btree ("workspace_id","platform","mode","base_url");--> statement-breakpoint
CREATE UNIQUE INDEX "connections_ticket" ON "connections" USING btree ("ticket_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "connections_state" ON "connections" USING btree ("state_hash");--> statement-breakpoint
CREATE INDEX "connections_age" ON "connections" USING btree ("expires_at");