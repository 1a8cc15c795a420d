using Touchstone.Cli.Stages;
using Touchstone.Data.Metrics;
using Touchstone.Domain;
using Touchstone.Evaluation.Comparison;
using Touchstone.Evaluation.Experiments;
using Touchstone.Evaluation.Reports;

namespace Touchstone.Cli.Commands;

/// <summary>An experiment by its definition, over files and facts of a workspace or the tables of a database.</summary>
internal static class ExperimentSpecRun
{
    /// <summary>Reads, judges and composes the report.</summary>
    /// <param name="path">experiment.yaml.</param>
    /// <param name="workspace">Folder that sources are named from; null: the definition's own.</param>
    /// <param name="postgres">Connection to PostgreSQL instead; null for another source.</param>
    /// <param name="clickHouse">Connection to ClickHouse instead; null for another source.</param>
    public static ReportDocument Judge(string path, string? workspace, string? postgres, string? clickHouse)
    {
        var spec = ExperimentSpecYaml.Load(path);
        var bootstrap = spec.Replicates == 0 ? null : new ExperimentBootstrap(new BootstrapOptions { Replicates = spec.Replicates, Level = 1 - spec.Alpha, Seed = spec.Seed });
        Action<UnitBlock>? sink = bootstrap is null ? null : bootstrap.Add;
        var data = postgres is not null ? SpecReader.FromPostgres(spec, postgres, QuantileStatistic.Bracket, sink)
            : clickHouse is not null ? SpecReader.FromClickHouse(spec, clickHouse, QuantileStatistic.Bracket, sink)
            : FromFolder(spec, Path.GetFullPath(workspace ?? Path.GetDirectoryName(Path.GetFullPath(path)) ?? "."), sink);
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

    private static ExperimentMoments FromFolder(ExperimentSpec spec, string folder, Action<UnitBlock>? sink)
    {
        var workspace = new Workspace(folder);
        // A file that changed was ingested anew, beside what it was before: only what the last run named counts.
        var batches = Directory.Exists(workspace.Stage("ingest")) ? IngestedBatches.Read(workspace).Events : null;
        return SpecReader.FromFiles(spec, folder, QuantileStatistic.Bracket, batches, sink);
    }
}
