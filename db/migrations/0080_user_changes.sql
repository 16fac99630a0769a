-- One number that grows with every change of who works where under which name: what was read of all users at once is read again when it has.
CREATE TABLE `user_changes` (
	`id` integer PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	CONSTRAINT "user_changes_is_one_row" CHECK("user_changes"."id" = 1)
);
--> statement-breakpoint
INSERT INTO user_changes VALUES (1, 1);
--> statement-breakpoint
CREATE TRIGGER user_changes_added AFTER INSERT ON users
BEGIN
  UPDATE user_changes SET number = number + 1 WHERE id = 1;
END;
--> statement-breakpoint
CREATE TRIGGER user_changes_changed AFTER UPDATE OF name, role, status ON users
BEGIN
  UPDATE user_changes SET number = number + 1 WHERE id = 1;
END;
--> statement-breakpoint
CREATE TRIGGER user_changes_removed AFTER DELETE ON users
BEGIN
  UPDATE user_changes SET number = number + 1 WHERE id = 1;
END;
--> statement-breakpoint
CREATE TRIGGER user_changes_placed AFTER INSERT ON user_regions
BEGIN
  UPDATE user_changes SET number = number + 1 WHERE id = 1;
END;
--> statement-breakpoint
CREATE TRIGGER user_changes_moved AFTER UPDATE ON user_regions
BEGIN
  UPDATE user_changes SET number = number + 1 WHERE id = 1;
END;
--> statement-breakpoint
CREATE TRIGGER user_changes_left AFTER DELETE ON user_regions
BEGIN
  UPDATE user_changes SET number = number + 1 WHERE id = 1;
END;
