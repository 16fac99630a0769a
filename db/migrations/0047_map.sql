-- Where households lie, each once: by its visit when there is one, else by the prelist. x and y: Web Mercator, 2^26 to the
-- whole world (0.6 m). The cells beneath are kept by triggers: sums for ten sizes, so that a map never counts points.
CREATE TABLE `map_points` (
	`household_id` text PRIMARY KEY NOT NULL,
	`region_code` text NOT NULL,
	`x` integer NOT NULL,
	`y` integer NOT NULL,
	`cell_x` integer NOT NULL,
	`cell_y` integer NOT NULL,
	`visited` integer NOT NULL,
	`stage` integer NOT NULL,
	`flagged` integer NOT NULL,
	`desil` integer,
	`pkh` integer NOT NULL,
	`sembako` integer NOT NULL,
	`pbi` integer NOT NULL,
	FOREIGN KEY (`household_id`) REFERENCES `households`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `map_points_by_cell` ON `map_points` (`cell_x`,`cell_y`);--> statement-breakpoint
CREATE TABLE `map_cells` (
	`level` integer NOT NULL,
	`x` integer NOT NULL,
	`y` integer NOT NULL,
	`region_code` text NOT NULL,
	`visited` integer NOT NULL,
	`n` integer NOT NULL,
	`sum_x` integer NOT NULL,
	`sum_y` integer NOT NULL,
	`stage_0` integer NOT NULL,
	`stage_1` integer NOT NULL,
	`stage_2` integer NOT NULL,
	`stage_3` integer NOT NULL,
	`stage_4` integer NOT NULL,
	`stage_5` integer NOT NULL,
	`flagged` integer NOT NULL,
	`desil_low` integer NOT NULL,
	`desil_middle` integer NOT NULL,
	`desil_five` integer NOT NULL,
	`desil_high` integer NOT NULL,
	`pkh` integer NOT NULL,
	`sembako` integer NOT NULL,
	`pbi` integer NOT NULL,
	PRIMARY KEY(`level`, `x`, `y`, `region_code`, `visited`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER map_points_added AFTER INSERT ON map_points
BEGIN
  INSERT INTO map_cells
  SELECT level, NEW.x >> (26 - level), NEW.y >> (26 - level), NEW.region_code, NEW.visited, 1, NEW.x, NEW.y,
    NEW.stage = 0, NEW.stage = 1, NEW.stage = 2, NEW.stage = 3, NEW.stage = 4, NEW.stage = 5, NEW.flagged,
    coalesce(NEW.desil <= 2, 0), coalesce(NEW.desil BETWEEN 3 AND 4, 0), coalesce(NEW.desil = 5, 0), coalesce(NEW.desil > 5, 0), NEW.pkh, NEW.sembako, NEW.pbi
  FROM (SELECT column1 AS level FROM (VALUES (6), (7), (8), (9), (10), (11), (12), (13), (14), (15))) WHERE true
  ON CONFLICT DO UPDATE SET n = n + 1, sum_x = sum_x + excluded.sum_x, sum_y = sum_y + excluded.sum_y,
    stage_0 = stage_0 + excluded.stage_0, stage_1 = stage_1 + excluded.stage_1, stage_2 = stage_2 + excluded.stage_2,
    stage_3 = stage_3 + excluded.stage_3, stage_4 = stage_4 + excluded.stage_4, stage_5 = stage_5 + excluded.stage_5, flagged = flagged + excluded.flagged,
    desil_low = desil_low + excluded.desil_low, desil_middle = desil_middle + excluded.desil_middle, desil_five = desil_five + excluded.desil_five,
    desil_high = desil_high + excluded.desil_high, pkh = pkh + excluded.pkh, sembako = sembako + excluded.sembako, pbi = pbi + excluded.pbi;
END;
--> statement-breakpoint
CREATE TRIGGER map_points_taken_away AFTER DELETE ON map_points
BEGIN
  INSERT INTO map_cells
  SELECT level, OLD.x >> (26 - level), OLD.y >> (26 - level), OLD.region_code, OLD.visited, 1, OLD.x, OLD.y,
    OLD.stage = 0, OLD.stage = 1, OLD.stage = 2, OLD.stage = 3, OLD.stage = 4, OLD.stage = 5, OLD.flagged,
    coalesce(OLD.desil <= 2, 0), coalesce(OLD.desil BETWEEN 3 AND 4, 0), coalesce(OLD.desil = 5, 0), coalesce(OLD.desil > 5, 0), OLD.pkh, OLD.sembako, OLD.pbi
  FROM (SELECT column1 AS level FROM (VALUES (6), (7), (8), (9), (10), (11), (12), (13), (14), (15))) WHERE true
  ON CONFLICT DO UPDATE SET n = n - 1, sum_x = sum_x - excluded.sum_x, sum_y = sum_y - excluded.sum_y,
    stage_0 = stage_0 - excluded.stage_0, stage_1 = stage_1 - excluded.stage_1, stage_2 = stage_2 - excluded.stage_2,
    stage_3 = stage_3 - excluded.stage_3, stage_4 = stage_4 - excluded.stage_4, stage_5 = stage_5 - excluded.stage_5, flagged = flagged - excluded.flagged,
    desil_low = desil_low - excluded.desil_low, desil_middle = desil_middle - excluded.desil_middle, desil_five = desil_five - excluded.desil_five,
    desil_high = desil_high - excluded.desil_high, pkh = pkh - excluded.pkh, sembako = sembako - excluded.sembako, pbi = pbi - excluded.pbi;
END;
--> statement-breakpoint
UPDATE followers SET cursor = 0, done = 0, round = round + 1, finished_at = NULL WHERE name = 'households';
