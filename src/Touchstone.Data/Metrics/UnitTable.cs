using System.Globalization;
using Touchstone.Data.Sources;
using Touchstone.Data.Warehouse;
using Touchstone.Domain;

namespace Touchstone.Data.Metrics;

/// <summary>
/// Rows reduced to one row a unit: the temporary table <c>units</c> with variant, segment and a column a value. It holds as many rows as
/// there are units, whatever the number of events, and goes to disk where it does not fit.
/// </summary>
internal sealed class UnitTable
{
    private const string NaN = "'NaN'::DOUBLE";

    private readonly DuckDatabase _database;
    private readonly DataRelation _relation;
    private readonly ExperimentQuery _query;

    private UnitTable(DuckDatabase database, DataRelation relation, ExperimentQuery query)
    {
        _database = database;
        _relation = relation;
        _query = query;
    }

    /// <summary>[value] names as moments carry them.</summary>
    public List<string> Names { get; } = [];

    /// <summary>What was counted on the way.</summary>
    public List<HygieneCount> Hygiene { get; } = [];

    /// <summary>Whether units in several arms were taken out: events of theirs must be taken out too.</summary>
    public bool HasExcludedUnits { get; private set; }

    /// <summary>Column of a value.</summary>
    public static string Column(int value) => string.Create(CultureInfo.InvariantCulture, $"v{value}");

    /// <summary>Makes the table.</summary>
    public static UnitTable Make(DuckDatabase database, DataRelation relation, ExperimentQuery query)
    {
        var table = new UnitTable(database, relation, query);
        table.Create();
        table.Look();
        return table;
    }

    private void Create()
    {
        var missing = _query.TakesMissingAsZero ? "0.0" : NaN;
        var isGrouped = _query.Unit is not null;
        List<string> columns = [];
        void Value(string name, string rowValue, string aggregate)
        {
            columns.Add($"{(isGrouped ? $"{aggregate}({rowValue})" : rowValue)} AS {Column(Names.Count)}");
            Names.Add(name);
        }

        foreach (var metric in _query.Metrics)
        {
            var number = _relation.Number(metric.Column, missing);
            switch (metric.Kind)
            {
                case MetricKind.Mean: Value(metric.Name, number, "sum"); break;
                case MetricKind.Proportion: Value(metric.Name, ZeroOrOne(number), "max"); break;
                case MetricKind.Ratio:
                    Value(metric.Name, number, "sum");
                    Value(metric.DenominatorName, _relation.Number(metric.Denominator ?? throw new InvalidOperationException($"The ratio {metric.Name} has no denominator."), missing), "sum");
                    break;
                case MetricKind.Quantile: break;
                default: throw new InvalidOperationException($"Unknown kind {metric.Kind}.");
            }
        }

        List<string> checks = [];
        foreach (var covariate in _query.Covariates)
        {
            var number = _relation.Number(covariate, "NULL");
            if (isGrouped) checks.Add($"max({number}) IS DISTINCT FROM min({number})");
            Value(ExperimentQuery.CovariateName(covariate), number, "max");
        }

        var segment = _query.Segment is null ? "''" : $"coalesce({_relation.Text(_query.Segment)}, '')";
        if (isGrouped && _query.Segment is not null) checks.Add($"max({segment}) <> min({segment})");
        var varying = checks.Count == 0 ? "false" : string.Join(" OR ", checks);
        var variant = _relation.Key(_query.Variant);
        var unit = isGrouped ? _relation.Key(_query.Unit ?? "") : null;
        var source = $"FROM {_relation.Sql}";
        var values = columns.Count == 0 ? "" : ", " + string.Join(", ", columns);
        _database.Execute(isGrouped
            ? $"CREATE TEMP TABLE units AS SELECT {unit} AS unit, {variant} AS variant, {(_query.Segment is null ? "''" : $"min({segment})")} AS segment, {varying} AS varies, count(*) AS events{values} {source} GROUP BY {unit}, {variant}"
            : $"CREATE TEMP TABLE units AS SELECT {variant} AS variant, {segment} AS segment, false AS varies, 1 AS events{values} {source}");
        TakeOutOrphans();
        FillCovariates();
    }

    /// <summary>Rows without a variant or a unit belong to no arm: counted and left out.</summary>
    private void TakeOutOrphans()
    {
        var noUnit = _query.Unit is null ? "false" : "unit IS NULL";
        var sums = $"SELECT coalesce(sum(events), 0)::BIGINT, coalesce(sum(events) FILTER (WHERE variant IS NULL), 0)::BIGINT, coalesce(sum(events) FILTER (WHERE variant IS NOT NULL AND {noUnit}), 0)::BIGINT FROM units";
        var (rows, withoutVariant, withoutUnit) = _database.Query(sums).Select(row => (row.Whole(0), row.Whole(1), row.Whole(2))).First();
        Hygiene.Add(new HygieneCount("rows", rows, "rows read"));
        Hygiene.Add(new HygieneCount("rows_without_variant", withoutVariant, "rows without a variant (orphan events): left out", true));
        if (_query.Unit is not null) Hygiene.Add(new HygieneCount("rows_without_unit", withoutUnit, "rows with a variant but without a unit: left out", true));
        if (withoutVariant + withoutUnit > 0) _database.Execute($"DELETE FROM units WHERE variant IS NULL OR {noUnit}");
    }

    /// <summary>A unit without history has covariate 0, and is counted.</summary>
    private void FillCovariates()
    {
        foreach (var covariate in _query.Covariates)
        {
            var column = Column(Names.IndexOf(ExperimentQuery.CovariateName(covariate)));
            var count = _database.Count($"SELECT count(*) FROM units WHERE {column} IS NULL");
            if (count > 0) _database.Execute($"UPDATE units SET {column} = 0 WHERE {column} IS NULL");
            Hygiene.Add(new HygieneCount($"units_without_{covariate}", count, $"units without a value of the covariate {covariate}: taken as 0, kept"));
        }
    }

    private void Look()
    {
        RefuseWhatIsNoNumber();
        if (_query.Unit is null) return;
        if (_database.Count("SELECT count(*) FROM units WHERE varies") is > 0 and var varying)
            throw new SourceException(_relation.File, 0, $"has {varying} units whose covariate or segment differs between their rows, e.g. \"{First("SELECT CAST(unit AS VARCHAR) FROM units WHERE varies ORDER BY unit LIMIT 1")}\"; what is known before the experiment is one value a unit.");
        var several = _database.Count("SELECT count(*) FROM (SELECT unit FROM units GROUP BY unit HAVING count(*) > 1)");
        if (several > 0)
        {
            HasExcludedUnits = true;
            _database.Execute("CREATE TEMP TABLE excluded AS SELECT unit FROM units GROUP BY unit HAVING count(*) > 1");
            _database.Execute("DELETE FROM units WHERE unit IN (SELECT unit FROM excluded)");
        }

        Hygiene.Add(new HygieneCount("units_in_several_arms", several, "units seen in more than one arm: left out of every arm", true));
        if (_relation.IsText(_query.Unit))
        {
            var forms = _database.Count("SELECT count(*) FROM (SELECT nfc_normalize(unit) FROM units WHERE strlen(unit) <> length(unit) GROUP BY 1 HAVING count(*) > 1)");
            Hygiene.Add(new HygieneCount("unit_ids_differing_in_unicode_form", forms, "unit ids that differ only in their Unicode form: kept as units of their own; write ids in one form (NFC)", true));
        }
    }

    private void RefuseWhatIsNoNumber()
    {
        if (Names.Count == 0) return;
        var bad = string.Join(", ", Names.Select((_, i) => $"count(*) FILTER (WHERE NOT isfinite({Column(i)}))"));
        var counts = _database.Query($"SELECT {bad} FROM units").Select(row => Names.Select((_, i) => row.WholeOrNull(i) ?? 0).ToArray()).First();
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] == 0) continue;
            var metric = _query.Metrics.FirstOrDefault(metric => metric.Name == Names[i] || metric.DenominatorName == Names[i]);
            var column = metric is null ? Names[i]["covariate ".Length..] : metric.Name == Names[i] ? metric.Column : metric.Denominator ?? "";
            var number = _relation.Number(column, metric is null ? "NULL" : _query.TakesMissingAsZero ? "0.0" : NaN);
            throw Refusal(column, metric?.Kind == MetricKind.Proportion ? ZeroOrOne(number) : number, metric);
        }
    }

    private SourceException Refusal(string column, string number, ExperimentMetric? metric)
    {
        var sql = $"SELECT row, raw, value FROM (SELECT row_number() OVER () AS row, {_relation.Text(column)} AS raw, {number} AS value, {_relation.Key(_query.Variant)} AS variant FROM {_relation.Sql}) WHERE variant IS NOT NULL AND NOT isfinite(value) ORDER BY row LIMIT 1";
        foreach (var row in _database.Query(sql))
        {
            var (at, raw) = (row.Whole(0), row.TextOrNull(1));
            var what = raw is null ? $"column \"{column}\" is empty in row {at}; write the value, or take what is missing as 0 with --missing zero (a unit without orders)."
                : metric?.Kind == MetricKind.Proportion ? $"column \"{column}\" is \"{raw}\" in row {at}; a proportion takes 0 and 1, or true and false."
                : $"column \"{column}\" is \"{raw}\" in row {at}, which is not a finite number; correct it (decimals with a point, no thousands).";
            return new SourceException(_relation.File, 0, "(rows counted from 1 after the header): " + what);
        }

        return new SourceException(_relation.File, 0, $"has in column \"{column}\" values that pass all bounds when a unit's rows are summed; correct them.");
    }

    private string First(string sql) => _database.Query(sql).Select(row => row.TextOrNull(0) ?? "").FirstOrDefault() ?? "";

    private static string ZeroOrOne(string number) => $"CASE {number} WHEN 0 THEN 0.0 WHEN 1 THEN 1.0 ELSE {NaN} END";
}
