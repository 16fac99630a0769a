-- Who froze a batch of recipients may not sign it either, as with batches of the registry.
ALTER TABLE `recipient_batches` ADD `frozen_by` text;
--> statement-breakpoint
UPDATE recipient_batches SET frozen_by = (SELECT actor_id FROM audit_entries a WHERE a.subject = recipient_batches.id AND a.action = 'recipient_batch.frozen' ORDER BY seq DESC LIMIT 1) WHERE frozen_at IS NOT NULL;
