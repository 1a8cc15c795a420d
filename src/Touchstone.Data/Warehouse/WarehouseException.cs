namespace Touchstone.Data.Warehouse;

/// <summary>DuckDB could not do what was asked: the message is its own, mostly a full disk, a file in use, or a damaged Parquet file.</summary>
/// <param name="message">What DuckDB said.</param>
/// <param name="cause">The error underneath.</param>
public sealed class WarehouseException(string message, Exception? cause = null) : IOException(message, cause);
