-- How many households stand at each stage, per desa, officer ('' nobody) and whether flagged; kept by triggers, so that a queue
-- and a home page read some hundred rows however long the queue is. A migration that rebuilds `households` makes them again.
CREATE TABLE `household_counts` (
	`stage` text NOT NULL,
	`region_code` text NOT NULL,
	`officer_id` text NOT NULL,
	`flagged` integer NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`stage`, `region_code`, `officer_id`, `flagged`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO household_counts SELECT stage, region_code, coalesce(officer_id, ''), flag_count > 0, count(*) FROM households GROUP BY 1, 2, 3, 4;--> statement-breakpoint
CREATE TRIGGER household_counts_added AFTER INSERT ON households
BEGIN
  INSERT INTO household_counts VALUES (NEW.stage, NEW.region_code, coalesce(NEW.officer_id, ''), NEW.flag_count > 0, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER household_counts_removed AFTER DELETE ON households
BEGIN
  UPDATE household_counts SET n = n - 1
  WHERE stage = OLD.stage AND region_code = OLD.region_code AND officer_id = coalesce(OLD.officer_id, '') AND flagged = (OLD.flag_count > 0);
END;
--> statement-breakpoint
CREATE TRIGGER household_counts_moved AFTER UPDATE OF stage, region_code, officer_id, flag_count ON households
WHEN NEW.stage <> OLD.stage OR NEW.region_code <> OLD.region_code OR NEW.officer_id IS NOT OLD.officer_id OR (NEW.flag_count > 0) <> (OLD.flag_count > 0)
BEGIN
  UPDATE household_counts SET n = n - 1
  WHERE stage = OLD.stage AND region_code = OLD.region_code AND officer_id = coalesce(OLD.officer_id, '') AND flagged = (OLD.flag_count > 0);
  INSERT INTO household_counts VALUES (NEW.stage, NEW.region_code, coalesce(NEW.officer_id, ''), NEW.flag_count > 0, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
