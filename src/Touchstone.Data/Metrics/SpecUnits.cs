using System.Globalization;
using Touchstone.Data.Sources;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>
/// Compiles a specification to SQL and runs it: exposures to a table of the exposed (a row a unit with arm and first exposure), each source
/// to sums a unit, all of them joined to <c>units</c>. Nothing but small tables leaves the engine.
/// </summary>
internal sealed class SpecUnits(ISqlEngine engine, ExperimentSpec spec)
{
    private readonly Dictionary<string, ISqlRelation> _relations = new(StringComparer.Ordinal);
    private readonly List<(string Table, string Source, string Name)> _values = [];
    private int _tables;
    private double _recordedUntil = double.NaN;
    private string _exposed = "exposed";

    /// <summary>[value] names as moments carry them.</summary>
    public IReadOnlyList<string> Names => [.. _values.Select(value => value.Name)];

    /// <summary>What was counted on the way.</summary>
    public List<HygieneCount> Hygiene { get; } = [];

    /// <summary>Makes the tables.</summary>
    public void Make()
    {
        Expose();
        foreach (var covariate in spec.Covariates)
            Sum(ExperimentQuery.CovariateName(covariate.Name), covariate.Events, $"ts >= first_at - {SpecSql.Number(covariate.DaysBefore * SpecSql.Day)} AND ts < first_at", false);
        foreach (var metric in spec.Metrics.Where(metric => metric.Metric.Kind != MetricKind.Quantile))
        {
            var window = Window(metric);
            if (metric.Steps.Count > 0) Funnel(metric, window);
            else Sum(metric.Metric.Name, metric.Events, window, metric.Metric.Kind == MetricKind.Proportion);
            if (metric.Denominator is { } denominator) Sum(metric.Metric.DenominatorName, denominator, window, false);
        }

        CountEvents();
        Join();
    }

    /// <summary>Rows of a quantile metric.</summary>
    public QuantileEvents EventsOf(SpecMetric metric)
    {
        var (relation, column) = (Relation(metric.Events.From), metric.Events.Value ?? "");
        var sql = $"(SELECT u.variant AS variant, u.unit AS unit, e.value AS value FROM {Rows(metric.Events, relation.Number(column))} JOIN units u ON u.unit = e.unit WHERE {Window(metric)} AND e.value IS NOT NULL) q";
        return new QuantileEvents(sql, relation.Name, column);
    }

    /// <summary>Means, shares and ratios day by day after exposure, whatever their windows, caps and covariates; units not seen on all days are counted and left out.</summary>
    public IReadOnlyList<DailyMoments> Daily()
    {
        if (spec.NoveltyDays == 0) return [];
        var complete = double.IsFinite(_recordedUntil) ? $"first_at + {SpecSql.Number(spec.NoveltyDays * SpecSql.Day)} <= {SpecSql.Number(_recordedUntil)}" : "false";
        engine.Make(SpecDays.Cohort, $"SELECT unit, variant, first_at FROM units WHERE {complete}");
        var isEmpty = engine.Query($"SELECT count(*) FROM {SpecDays.Cohort}").Select(row => row.Whole(0)).First() == 0;
        Count("units_not_seen_on_all_days", $"SELECT count(*) FROM units WHERE NOT ({complete})", $"units exposed less than {spec.NoveltyDays} days before recording ended: left out of the effects by day{(isEmpty ? ", which nobody is left for; look at fewer days" : "")}", isEmpty);
        var days = new SpecDays(engine, spec.NoveltyDays);
        return [.. spec.Metrics.Where(metric => metric.HasDays).Select(metric => days.Of(
            metric.Metric.Name,
            [.. new[] { metric.Events, metric.Denominator }.OfType<SpecEvents>().Select(events => (Relation(events.From).Name, Rows(events, SpecSql.Value(Relation(events.From), events))))],
            metric.Metric.Kind == MetricKind.Proportion))];
    }

    private string Window(SpecMetric metric) => SpecSql.Window(spec.FromDay + metric.FromDay, spec.FromDay + metric.WindowDays);

    private void Expose()
    {
        var relation = Relation(spec.Exposures);
        var segment = spec.Segment is null ? "''" : $"coalesce({relation.Text(spec.Segment)}, '')";
        var rows = $"(SELECT {relation.Text(spec.Exposures.Unit)} AS unit, {relation.Text(spec.Variant)} AS variant, {relation.Seconds(spec.Exposures.Time)} AS ts, {segment} AS segment FROM {relation.Sql} WHERE {SpecSql.Where(engine, relation, spec.ExposedWhere)}) r";
        var period = $"ts IS NOT NULL{(spec.Start is { } start ? $" AND ts >= {SpecSql.Number(start)}" : "")}{(spec.End is { } end ? $" AND ts < {SpecSql.Number(end)}" : "")}";
        Count("exposures", $"SELECT count(*) FROM {rows}", "rows of exposures read");
        Count("exposures_without_unit_or_variant", $"SELECT count(*) FROM {rows} WHERE unit IS NULL OR variant IS NULL", "exposures without a unit or a variant: left out", true);
        Count("exposures_without_time", $"SELECT count(*) FROM {rows} WHERE unit IS NOT NULL AND variant IS NOT NULL AND ts IS NULL", "exposures whose time is empty or unreadable: left out", true);
        Count("exposures_outside_period", $"SELECT count(*) FROM {rows} WHERE unit IS NOT NULL AND variant IS NOT NULL AND ts IS NOT NULL AND NOT ({period})", "exposures before the start or after the end: left out");
        CountZones(relation, spec.Exposures.Time, "exposures");
        engine.Make("everyone", $"SELECT unit, min(variant) AS variant, count(DISTINCT variant) AS arms, min(segment) AS segment, count(DISTINCT segment) AS segments, min(ts) AS first_at FROM {rows} WHERE unit IS NOT NULL AND variant IS NOT NULL AND {period} GROUP BY unit");
        Count("units_in_several_arms", "SELECT count(*) FROM everyone WHERE arms > 1", "units seen in more than one arm: left out of every arm", true);
        if (spec.Segment is not null) Count("units_in_several_segments", "SELECT count(*) FROM everyone WHERE arms = 1 AND segments > 1", "units whose segment differs between exposures: the first by name is taken", true);
        Count("unit_ids_differing_in_unicode_form", $"SELECT count(*) FROM (SELECT {engine.NormalForm("unit")} AS form FROM everyone WHERE unit <> {engine.NormalForm("unit")} OR {engine.IsBeyondAscii("unit")} GROUP BY 1 HAVING count(*) > 1) f", "unit ids that differ only in their Unicode form: kept as units of their own; write ids in one form (NFC)", true);
        engine.Make(_exposed, "SELECT unit, variant, segment, first_at FROM everyone WHERE arms = 1");
        if (spec.Trigger is { } trigger)
        {
            // From the trigger on: what came before it cannot have been caused by what it shows.
            engine.Make("triggered", $"SELECT x.unit AS unit, x.variant AS variant, x.segment AS segment, min(e.ts) AS first_at FROM exposed x JOIN {Rows(trigger, "0")} ON e.unit = x.unit WHERE e.ts >= x.first_at GROUP BY x.unit, x.variant, x.segment");
            Count("units_not_triggered", "SELECT (SELECT count(*) FROM exposed) - (SELECT count(*) FROM triggered)", "units that never met what was changed (trigger): left out");
            _exposed = "triggered";
        }
    }

    /// <summary>Rows of a source that pass its filters: <c>unit</c>, <c>ts</c>, <c>value</c>, as e.</summary>
    private string Rows(SpecEvents events, string value)
    {
        var relation = Relation(events.From);
        return $"(SELECT {relation.Text(events.From.Unit)} AS unit, {relation.Seconds(events.From.Time)} AS ts, {value} AS value FROM {relation.Sql} WHERE {SpecSql.Where(engine, relation, events.Where)}) e";
    }

    private void Sum(string name, SpecEvents events, string window, bool isShare)
    {
        var table = Next();
        var value = isShare ? $"max({SpecSql.Number(1)})" : $"sum(e.value)";
        engine.Make(table, $"SELECT e.unit AS unit, {value} AS v FROM {Rows(events, SpecSql.Value(Relation(events.From), events))} JOIN {_exposed} x ON x.unit = e.unit WHERE {window} GROUP BY e.unit");
        _values.Add((table, Relation(events.From).Name, name));
    }

    /// <summary>Units that did the steps in order, each at or after the one before.</summary>
    private void Funnel(SpecMetric metric, string window)
    {
        var before = _exposed;
        foreach (var step in metric.Steps)
        {
            var table = Next();
            var first = before == _exposed ? "" : " AND e.ts >= x.step_at";
            engine.Make(table, $"SELECT e.unit AS unit, min(x.first_at) AS first_at, min(e.ts) AS step_at, {SpecSql.Number(1)} AS v FROM {Rows(metric.Events with { Where = [.. metric.Events.Where, .. step] }, "0")} JOIN {before} x ON x.unit = e.unit WHERE {window}{first} GROUP BY e.unit");
            before = table;
        }

        _values.Add((before, Relation(metric.Events.From).Name, metric.Metric.Name));
    }

    /// <summary>What each source holds that no metric can count.</summary>
    private void CountEvents()
    {
        var latest = spec.RecordedUntil ?? double.NegativeInfinity;
        List<SpecSource> ofMetrics = [.. spec.Metrics.Select(metric => metric.Events.From).Concat(spec.Metrics.Select(metric => metric.Denominator?.From).OfType<SpecSource>()).Distinct()];
        foreach (var source in ofMetrics)
        {
            var windows = spec.Metrics.Where(metric => metric.Events.From == source || metric.Denominator?.From == source).Select(metric => spec.FromDay + metric.WindowDays).ToList();
            var relation = Relation(source);
            var rows = $"(SELECT {relation.Text(source.Unit)} AS unit, {relation.Seconds(source.Time)} AS ts FROM {relation.Sql}) e LEFT JOIN everyone x ON x.unit = e.unit";
            void Of(string name, string where, string meaning, bool isWarning = false) => Count($"{name}:{relation.Name}", $"SELECT count(*) FROM {rows} WHERE {where}", $"{meaning} ({relation.Name})", isWarning);
            Of("orphan_events", "x.unit IS NULL", "events of units that were never exposed: in no metric");
            Of("events_without_time", "x.unit IS NOT NULL AND e.ts IS NULL", "events whose time is empty or unreadable: in no metric", true);
            Of("events_before_exposure", "e.ts < x.first_at", "events before their unit's first exposure: in no metric");
            if (!windows.Exists(double.IsNaN)) Of("late_events", $"e.ts >= x.first_at + {SpecSql.Number(windows.Max() * SpecSql.Day)}", "events after every window of their unit: in no metric");
            CountZones(relation, source.Time, relation.Name);
            if (spec.RecordedUntil is null)
                foreach (var row in engine.Query($"SELECT max(ts) FROM (SELECT {relation.Seconds(source.Time)} AS ts FROM {relation.Sql}) m")) latest = Math.Max(latest, row.RealOrNull(0) ?? latest);
        }

        // These count before exposure, or only say whom the change met: nothing else is told of their rows.
        foreach (var source in spec.Covariates.Select(covariate => covariate.Events.From).Concat(spec.Trigger is { } trigger ? [trigger.From] : []).Distinct().Except(ofMetrics))
        {
            var relation = Relation(source);
            Count($"events_without_time:{relation.Name}", $"SELECT count(*) FROM (SELECT {relation.Text(source.Unit)} AS unit, {relation.Seconds(source.Time)} AS ts FROM {relation.Sql}) e JOIN everyone x ON x.unit = e.unit WHERE e.ts IS NULL", $"events whose time is empty or unreadable: in no covariate and no trigger ({relation.Name})", true);
            CountZones(relation, source.Time, relation.Name);
        }

        _recordedUntil = latest;
        Partial(latest);
    }

    private void Partial(double recordedUntil)
    {
        var longest = spec.Metrics.Select(metric => spec.FromDay + metric.WindowDays).Where(double.IsFinite).DefaultIfEmpty(0).Max() * SpecSql.Day;
        if (longest == 0 || !double.IsFinite(recordedUntil)) return;
        var where = $"first_at + {SpecSql.Number(longest)} > {SpecSql.Number(recordedUntil)}";
        Count("units_with_partial_window", $"SELECT count(*) FROM {_exposed} WHERE {where}", $"units whose longest window reaches beyond what was recorded: {(spec.LeavesOutPartialWindows ? "left out" : "kept, their figures are not complete")}", !spec.LeavesOutPartialWindows);
        if (!spec.LeavesOutPartialWindows) return;
        engine.Make("complete", $"SELECT * FROM {_exposed} WHERE NOT ({where})");
        _exposed = "complete";
    }

    private void CountZones(ISqlRelation relation, string column, string what)
    {
        if (relation.HasOffset(column) is not { } has) return;
        var text = relation.Text(column);
        var (with, without) = engine.Query($"SELECT count(*) FILTER (WHERE {has}), count(*) FILTER (WHERE {text} IS NOT NULL AND NOT ({has})) FROM {relation.Sql}").Select(row => (row.Whole(0), row.Whole(1))).First();
        var mixed = with > 0 && without > 0 ? without : 0;
        Hygiene.Add(new HygieneCount($"times_without_offset_among_others:{what}", mixed, $"times without an offset from UTC beside others that state one ({what}): read as {spec.TimeZone}", true));
    }

    private void Join()
    {
        var columns = string.Concat(_values.Select((value, i) => $", coalesce({value.Table}.v, {SpecSql.Number(0)}) AS {UnitTable.Column(i)}"));
        var joins = string.Concat(_values.Select(value => $" LEFT JOIN {value.Table} ON {value.Table}.unit = x.unit"));
        engine.Make("units", $"SELECT x.unit AS unit, x.variant AS variant, x.segment AS segment, x.first_at AS first_at{columns} FROM {_exposed} x{joins}");
        for (var i = 0; i < _values.Count; i++)
        {
            var column = UnitTable.Column(i);
            var bad = engine.Query($"SELECT min(unit) FROM units WHERE {SpecSql.IsNotFinite(column)}").Select(row => row.TextOrNull(0)).First();
            if (bad is not null) throw new SourceException(_values[i].Source, 0, $"has for unit \"{bad}\" a value of \"{_values[i].Name}\" that is not a finite number; correct it.");
        }
    }

    private ISqlRelation Relation(SpecSource source)
    {
        if (!_relations.TryGetValue(source.Source, out var relation)) _relations[source.Source] = relation = engine.Open(source.Source);
        return relation;
    }

    private string Next() => string.Create(CultureInfo.InvariantCulture, $"part{_tables++}");

    private void Count(string name, string sql, string meaning, bool isWarning = false) =>
        Hygiene.Add(new HygieneCount(name, engine.Query(sql).Select(row => row.WholeOrNull(0) ?? 0).First(), meaning, isWarning));
}
