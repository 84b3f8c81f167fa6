/** The tables of the SQLite database, version by version. */

/** The steps from an empty file to the newest schema; `PRAGMA user_version` counts those taken. Never change one: add. */
export const SCHEMA = [
  `
  -- keyv's records, one namespace a kind. expires: milliseconds since the epoch.
  CREATE TABLE records (
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    expires INTEGER,
    PRIMARY KEY (namespace, key)
  ) STRICT;
  CREATE INDEX records_expiring ON records (namespace, expires) WHERE expires IS NOT NULL;

  -- The ledger. day and month are UTC, as 2026-11-23 and 2026-11; reserved_at: milliseconds since the epoch.
  CREATE TABLE reservations (
    job_id TEXT PRIMARY KEY,
    guild_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    images INTEGER NOT NULL CHECK (images > 0),
    reserved_at INTEGER NOT NULL,
    day TEXT NOT NULL,
    month TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('held', 'settled', 'released'))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX reservations_held ON reservations (guild_id, user_id) WHERE state = 'held';
  CREATE INDEX reservations_by_age ON reservations (reserved_at) WHERE state <> 'held';

  -- The images of the reservations that are not released, summed by period (a day or a month); '' stands for all.
  -- The triggers alone write it, so it cannot differ from the reservations.
  CREATE TABLE used_images (
    period TEXT NOT NULL,
    guild_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    images INTEGER NOT NULL CHECK (images >= 0),
    PRIMARY KEY (period, guild_id, user_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER reservation_counted AFTER INSERT ON reservations WHEN NEW.state <> 'released' BEGIN
    INSERT INTO used_images (period, guild_id, user_id, images) VALUES
      (NEW.day, NEW.guild_id, NEW.user_id, NEW.images),
      (NEW.day, NEW.guild_id, '', NEW.images),
      (NEW.month, NEW.guild_id, '', NEW.images),
      (NEW.month, '', '', NEW.images)
    ON CONFLICT DO UPDATE SET images = images + excluded.images;
  END;
  CREATE TRIGGER reservation_given_back AFTER UPDATE OF state ON reservations
  WHEN OLD.state <> 'released' AND NEW.state = 'released' BEGIN
    UPDATE used_images SET images = images - NEW.images WHERE (period, guild_id, user_id) IN (VALUES
      (NEW.day, NEW.guild_id, NEW.user_id),
      (NEW.day, NEW.guild_id, ''),
      (NEW.month, NEW.guild_id, ''),
      (NEW.month, '', '')
    );
  END;
  CREATE TRIGGER reservation_forgotten AFTER DELETE ON reservations WHEN OLD.state <> 'released' BEGIN
    UPDATE used_images SET images = images - OLD.images WHERE (period, guild_id, user_id) IN (VALUES
      (OLD.day, OLD.guild_id, OLD.user_id),
      (OLD.day, OLD.guild_id, ''),
      (OLD.month, OLD.guild_id, ''),
      (OLD.month, '', '')
    );
  END;
  CREATE TRIGGER used_nothing AFTER UPDATE ON used_images WHEN NEW.images = 0 BEGIN
    DELETE FROM used_images
    WHERE period = NEW.period AND guild_id = NEW.guild_id AND user_id = NEW.user_id;
  END;
  `,
  `
  -- 1 where the member's name is to go once the day is over and the job final. It is then replaced by 'forgotten'.
  ALTER TABLE reservations ADD COLUMN forgetting INTEGER NOT NULL DEFAULT 0 CHECK (forgetting IN (0, 1));
  CREATE INDEX reservations_by_member ON reservations (user_id, reserved_at, job_id);
  CREATE INDEX reservations_to_forget ON reservations (day) WHERE forgetting = 1;
  CREATE TRIGGER reservation_renamed AFTER UPDATE OF user_id ON reservations
  WHEN OLD.state <> 'released' AND NEW.user_id <> OLD.user_id BEGIN
    UPDATE used_images SET images = images - OLD.images
    WHERE period = OLD.day AND guild_id = OLD.guild_id AND user_id = OLD.user_id;
    INSERT INTO used_images (period, guild_id, user_id, images)
    VALUES (NEW.day, NEW.guild_id, NEW.user_id, NEW.images)
    ON CONFLICT DO UPDATE SET images = images + excluded.images;
  END;
  `,
  `
  -- No change of the tables: from here on what is deleted is overwritten, and what was deleted before has been cleared.
  `,
  `
  -- A job that is paid in part counts fewer images than were asked for. It never counts none: it is released then.
  CREATE TRIGGER reservation_reduced AFTER UPDATE OF images ON reservations
  WHEN OLD.state <> 'released' AND NEW.images <> OLD.images BEGIN
    UPDATE used_images SET images = images - OLD.images + NEW.images WHERE (period, guild_id, user_id) IN (VALUES
      (NEW.day, NEW.guild_id, NEW.user_id),
      (NEW.day, NEW.guild_id, ''),
      (NEW.month, NEW.guild_id, ''),
      (NEW.month, '', '')
    );
  END;
  `,
];

/** The first version whose files hold nothing that was deleted. */
export const OVERWRITING = 3;
