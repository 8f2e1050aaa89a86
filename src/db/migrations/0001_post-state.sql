-- A post's state is derived from its deliveries, here and nowhere else, so that lists can filter by it.
CREATE FUNCTION post_state(states text[], canceled boolean) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN canceled AND NOT states && ARRAY['claimed','sending','processing','uncertain','needs_decision','published','deleted'] THEN 'canceled'
    WHEN cardinality(states) = 0 THEN 'draft'
    WHEN 'needs_decision' = ANY(states) THEN 'needs_decision'
    WHEN states && ARRAY['claimed','sending','processing','uncertain','retrying'] THEN 'publishing'
    WHEN states && ARRAY['scheduled','held'] THEN
      CASE WHEN states && ARRAY['published','deleted'] THEN 'publishing' ELSE 'scheduled' END
    WHEN states <@ ARRAY['published','deleted','canceled'] AND states && ARRAY['published','deleted'] THEN 'published'
    WHEN states && ARRAY['published','deleted'] THEN 'partly_published'
    WHEN states <@ ARRAY['canceled'] THEN 'canceled'
    ELSE 'failed'
  END
$$;
