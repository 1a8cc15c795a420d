namespace Touchstone.Domain;

/// <summary>What one system found for each query.</summary>
/// <param name="Name">Name of the system.</param>
/// <param name="Rows">Documents with their scores, higher first; no score is NaN.</param>
public sealed record RankingRun(string Name, QueryDocuments<double> Rows);
