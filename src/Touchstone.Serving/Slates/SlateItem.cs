namespace Touchstone.Serving.Slates;

/// <summary>One product of a slate, as it is shown.</summary>
/// <param name="Product">Product id.</param>
/// <param name="Title">Title; empty where the catalogue has none.</param>
/// <param name="Price">Price of one unit in the reporting currency; NaN where unknown.</param>
/// <param name="Rank">Position, from 1.</param>
/// <param name="Score">Score that ranked it.</param>
public sealed record SlateItem(string Product, string Title, double Price, int Rank, double Score);
