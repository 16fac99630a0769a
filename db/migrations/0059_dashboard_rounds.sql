-- A full count goes place by place and sums each place up once, from those below it. Which count has met a household stands
-- beside it, so that a change in between is counted where it belongs.
ALTER TABLE `dashboard_households` ADD `round` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `dashboard_following` ADD `place` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `dashboard_following` ADD `done` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `dashboard_following` ADD `summed` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `dashboard_following` DROP COLUMN `counted_move`;--> statement-breakpoint
-- One that is under way begins anew; one is due anyhow, for days are those of each place's own clock now.
DELETE FROM `dashboard_counts` WHERE `round` = (SELECT `building` FROM `dashboard_following`);--> statement-breakpoint
DELETE FROM `dashboard_officers` WHERE `round` = (SELECT `building` FROM `dashboard_following`);--> statement-breakpoint
UPDATE `dashboard_following` SET `building` = `live` + 1, `household` = 0, `total` = (SELECT count(*) FROM `households`), `finished_at` = NULL;--> statement-breakpoint
-- No question is asked by these.
DROP INDEX `flag_answers_by_officer`;--> statement-breakpoint
DROP INDEX `tasks_by_subject`;--> statement-breakpoint
DROP INDEX `monitoring_sheets_by_subject`;
