-- A batch is read, signed and hashed in the order of its places and ids; no change needs a position of its own.
DROP INDEX `recipient_changes_by_batch`;
ALTER TABLE `recipient_changes` DROP COLUMN `position`;
CREATE INDEX `recipient_changes_by_batch` ON `recipient_changes` (`batch_id`,`region_code`,`id`) WHERE batch_id IS NOT NULL;
