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
