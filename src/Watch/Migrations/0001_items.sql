-- Watch items (items de veille): what is coming, the same for all organisations.
CREATE TABLE watch_item (
    watch_item_id   uuid PRIMARY KEY,
    stream          text NOT NULL CHECK (stream IN ('regulatory', 'market', 'technological')),
    title_en        text NOT NULL,
    title_fr        text NOT NULL,
    reference       text NOT NULL,
    status          text CHECK (status IN ('draft', 'adopted', 'published', 'in_force', 'annulled', 'contested')),
    publication_day date,
    effect_day      date,
    deadline_day    date,
    tolerance_day   date,
    certainty       text NOT NULL CHECK (certainty IN ('confirmed', 'uncertain')),
    note_en         text NOT NULL,
    note_fr         text NOT NULL,
    source          text NOT NULL
);
COMMENT ON TABLE watch_item IS 'kind: reference
Dated changes of law, market and technology, each with its source and how sure it is.';
CALL declare_table('watch_item');

-- The first date of an item on a day or later: null when all are over, infinity for an item that never had one.
CREATE FUNCTION next_day_of(item watch_item, from_day date) RETURNS date LANGUAGE sql IMMUTABLE
    RETURN CASE
        WHEN coalesce(item.effect_day, item.deadline_day, item.tolerance_day) IS NULL THEN 'infinity'::date
        ELSE least(
            CASE WHEN item.effect_day >= from_day THEN item.effect_day END,
            CASE WHEN item.deadline_day >= from_day THEN item.deadline_day END,
            CASE WHEN item.tolerance_day >= from_day THEN item.tolerance_day END)
    END;
GRANT EXECUTE ON FUNCTION next_day_of TO {request};
