-- Drafts among millions of visits, for retention; a visit from a phone is never one.
CREATE INDEX `visits_drafts` ON `visits` (`opened_at`) WHERE status = 'draft';--> statement-breakpoint
-- What the page of retention counts, without reading every report.
CREATE INDEX `reports_forgotten` ON `reports` (`reporter_removed_at`) WHERE reporter_removed_at IS NOT NULL;--> statement-breakpoint
-- How many regions of each level lie below one.
CREATE INDEX `regions_by_level` ON `regions` (`level`, `code`) WHERE valid_to IS NULL;--> statement-breakpoint
-- What officers did in some days, without reading the years before.
CREATE INDEX `dashboard_officers_by_day` ON `dashboard_officers` (`round`, `kind`, `day`, `region_code`, `count`);--> statement-breakpoint
-- What points at a visit, when an abandoned draft is deleted.
CREATE INDEX `batch_items_by_visit` ON `batch_items` (`visit_id`);
