-- What is not paid out yet goes with a family that moves to another desa of its kabupaten/kota: whoever works there now
-- finds it, and the sums of a list stay whole.
UPDATE payments SET region_code = (SELECT r.region_code FROM recipients r WHERE r.id = payments.recipient_id)
WHERE kind IN ('waiting', 'failed') AND EXISTS (SELECT 1 FROM recipients r WHERE r.id = payments.recipient_id
  AND r.region_code <> payments.region_code AND substr(r.region_code, 1, 5) = substr(payments.region_code, 1, 5));
--> statement-breakpoint
CREATE TRIGGER payments_follow_recipient AFTER UPDATE OF region_code ON recipients
WHEN NEW.region_code <> OLD.region_code AND substr(NEW.region_code, 1, 5) = substr(OLD.region_code, 1, 5)
BEGIN
  UPDATE payments SET region_code = NEW.region_code WHERE recipient_id = NEW.id AND kind IN ('waiting', 'failed');
END;
--> statement-breakpoint
-- So does a delivery that waits for a person: where a household lives decides who reads its visits.
UPDATE deliveries SET region_code = (SELECT h.region_code FROM households h WHERE h.id = deliveries.household_id)
WHERE status IN ('held', 'waiting_photos') AND EXISTS (SELECT 1 FROM households h WHERE h.id = deliveries.household_id AND h.region_code <> deliveries.region_code);
--> statement-breakpoint
CREATE TRIGGER deliveries_follow_household AFTER UPDATE OF region_code ON households WHEN OLD.region_code <> NEW.region_code
BEGIN
  UPDATE deliveries SET region_code = NEW.region_code WHERE status IN ('held', 'waiting_photos') AND household_id = NEW.id;
END;
