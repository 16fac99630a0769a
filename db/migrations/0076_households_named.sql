-- Those of a search are known by number: their names beside it lie close together, the rows themselves do not.
CREATE INDEX `households_named` ON `households` (`number`,`head_name`,`region_code`);
