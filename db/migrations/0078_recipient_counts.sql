-- How many recipients there are in each phase, per desa; kept by triggers, so that the pages of programmes read some hundred rows
-- however many receive. Its index over recipients is not needed any more.
CREATE TABLE `recipient_counts` (
	`programme` text NOT NULL,
	`phase` text NOT NULL,
	`sensitive` integer NOT NULL,
	`region_code` text NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`programme`, `phase`, `sensitive`, `region_code`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO recipient_counts SELECT programme, phase, sensitive, region_code, count(*) FROM recipients GROUP BY 1, 2, 3, 4;--> statement-breakpoint
CREATE TRIGGER recipient_counts_added AFTER INSERT ON recipients
BEGIN
  INSERT INTO recipient_counts VALUES (NEW.programme, NEW.phase, NEW.sensitive, NEW.region_code, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER recipient_counts_removed AFTER DELETE ON recipients
BEGIN
  UPDATE recipient_counts SET n = n - 1 WHERE programme = OLD.programme AND phase = OLD.phase AND sensitive = OLD.sensitive AND region_code = OLD.region_code;
END;
--> statement-breakpoint
CREATE TRIGGER recipient_counts_moved AFTER UPDATE OF programme, phase, sensitive, region_code ON recipients
WHEN NEW.programme <> OLD.programme OR NEW.phase <> OLD.phase OR NEW.sensitive <> OLD.sensitive OR NEW.region_code <> OLD.region_code
BEGIN
  UPDATE recipient_counts SET n = n - 1 WHERE programme = OLD.programme AND phase = OLD.phase AND sensitive = OLD.sensitive AND region_code = OLD.region_code;
  INSERT INTO recipient_counts VALUES (NEW.programme, NEW.phase, NEW.sensitive, NEW.region_code, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
DROP INDEX `recipients_by_phase`;
