-- In whose place another is proposed: asked whenever a change of that recipient begins. And how many stand in each phase: asked
-- on every page of a programme, and answered by counting alone.
CREATE INDEX `recipient_changes_by_replaced` ON `recipient_changes` (`replaced_id`) WHERE replaced_id IS NOT NULL;
CREATE INDEX `recipients_by_phase` ON `recipients` (`programme`,`phase`,`sensitive`,`region_code`);
