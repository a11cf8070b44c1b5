-- Protected names and addresses: the address, telephone and e-mail are shown to few, and to them only when they ask.

ALTER TABLE citizen ADD COLUMN protected {bool} NOT NULL DEFAULT FALSE;
