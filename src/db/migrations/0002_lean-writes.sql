ALTER TABLE "attempts" DROP CONSTRAINT "attempts_delivery_id_deliveries_id_fk";--> statement-breakpoint
DROP INDEX "delivery_events_stream";--> statement-breakpoint
ALTER TABLE "delivery_events" DROP CONSTRAINT "delivery_events_pkey";--> statement-breakpoint
ALTER TABLE "delivery_events" ADD CONSTRAINT "delivery_events_workspace_id_xid_id_pk" PRIMARY KEY("workspace_id","xid","id");--> statement-breakpoint
-- Half of each page stays free, so that a claim and its intent are written beside their row and no index is touched.
ALTER TABLE "deliveries" SET (fillfactor = 50);
