CREATE TABLE `inactive_numbers` (
	`number` integer PRIMARY KEY NOT NULL
);
--> statement-breakpoint
INSERT INTO inactive_numbers SELECT h.number FROM inactive_households i JOIN households h ON h.id = i.household_id;--> statement-breakpoint
CREATE TRIGGER inactive_numbers_added AFTER INSERT ON inactive_households
BEGIN
  INSERT INTO inactive_numbers SELECT number FROM households WHERE id = NEW.household_id ON CONFLICT DO NOTHING;
END;--> statement-breakpoint
CREATE TRIGGER inactive_numbers_removed AFTER DELETE ON inactive_households
BEGIN
  DELETE FROM inactive_numbers WHERE number = (SELECT number FROM households WHERE id = OLD.household_id);
END;
