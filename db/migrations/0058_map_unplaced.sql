-- Who belongs on the map and has no point yet, with their number in each place beside it, kept by triggers. level: how long
-- the codes of its places are.
CREATE TABLE `map_unplaced` (
	`number` integer PRIMARY KEY NOT NULL,
	`region_code` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `map_unplaced_by_region` ON `map_unplaced` (`region_code`,`number`);--> statement-breakpoint
CREATE TABLE `map_unplaced_counts` (
	`level` integer NOT NULL,
	`region_code` text NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`level`, `region_code`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER map_unplaced_added AFTER INSERT ON map_unplaced
BEGIN
  INSERT INTO map_unplaced_counts SELECT column1, substr(NEW.region_code, 1, column1), 1 FROM (VALUES (2), (5), (8), (13)) WHERE true
  ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER map_unplaced_taken_away AFTER DELETE ON map_unplaced
BEGIN
  INSERT INTO map_unplaced_counts SELECT column1, substr(OLD.region_code, 1, column1), -1 FROM (VALUES (2), (5), (8), (13)) WHERE true
  ON CONFLICT DO UPDATE SET n = n - 1;
END;
--> statement-breakpoint
INSERT INTO map_unplaced (number, region_code)
SELECT h.number, h.region_code FROM households h LEFT JOIN visits v ON v.id = h.visit_id AND v.submitted_at IS NOT NULL
WHERE h.stage <> 'withdrawn' AND (coalesce(v.latitude, h.latitude) IS NULL OR coalesce(v.longitude, h.longitude) IS NULL)
  AND NOT EXISTS (SELECT 1 FROM inactive_households i WHERE i.household_id = h.id);
