using Touchstone.Data.Metrics;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Commands;

/// <summary>An experiment by its definition, over a workspace's files or a PostgreSQL database.</summary>
internal static class ExperimentSpecRun
{
    /// <summary>Reads, judges and composes the report.</summary>
    /// <param name="path">experiment.yaml.</param>
    /// <param name="workspace">Folder that sources are named from; null: the definition's own.</param>
    /// <param name="postgres">Connection to a database instead; null for files.</param>
    public static ReportDocument Judge(string path, string? workspace, string? postgres)
    {
        var spec = ExperimentSpecYaml.Load(path);
        var bootstrap = spec.Replicates == 0 ? null : new ExperimentBootstrap(new BootstrapOptions { Replicates = spec.Replicates, Level = 1 - spec.Alpha, Seed = spec.Seed });
        Action<UnitBlock>? sink = bootstrap is null ? null : bootstrap.Add;
        var data = postgres is null
            ? SpecReader.FromFiles(spec, workspace ?? Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".", QuantileStatistic.Bracket, sink)
            : SpecReader.FromPostgres(spec, postgres, QuantileStatistic.Bracket, sink);
        var plan = new ExperimentPlan
        {
            Control = spec.Control,
            Weights = spec.Weights,
            Metrics = [.. spec.Metrics.Select(metric => metric.Metric)],
            Covariates = [.. spec.Covariates.Select(covariate => ExperimentQuery.CovariateName(covariate.Name))],
            Options = new EffectOptions { Alpha = spec.Alpha },
            Looks = spec.Looks,
            IsPostStratified = spec.Segment is not null,
        };
        return ExperimentReport.Compose(ExperimentJudge.Judge(data, plan, bootstrap), spec.Name);
    }
}
