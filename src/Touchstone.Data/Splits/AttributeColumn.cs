namespace Touchstone.Data.Splits;

/// <summary>A numeric column of the catalogue beside the known ones.</summary>
/// <param name="Name">Column.</param>
/// <param name="Values">[product] NaN where absent or not a number.</param>
public sealed record AttributeColumn(string Name, double[] Values);
