using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Data.Sources;

/// <summary>One product of one slate, as far as indicators need it.</summary>
/// <param name="Slate">Slate id.</param>
/// <param name="Shopper">Shopper; null where unknown.</param>
/// <param name="Session">Session; null where unknown.</param>
/// <param name="OccurredAt">When it was served, UTC.</param>
/// <param name="Product">Product.</param>
/// <param name="Rank">Position from 1.</param>
/// <param name="IsViewed">Whether it was seen; null where not measured.</param>
public sealed record ShownProduct(string Slate, string? Shopper, string? Session, DateTime OccurredAt, string Product, int Rank, bool? IsViewed)
{
    /// <summary>From a stored fact.</summary>
    public static ShownProduct Of(Exposure exposure)
    {
        ArgumentNullException.ThrowIfNull(exposure);
        return new ShownProduct(exposure.Slate, exposure.Shopper, exposure.Session, exposure.OccurredAt, exposure.Product, exposure.Rank, exposure.IsViewed);
    }
}

/// <summary>Reads logs of exposures: one row a product of a slate, columns named as in <see cref="Exposure"/>, and logs of requests.</summary>
public static class ExposureFile
{
    private const string Form = "Write one row a product shown: slate,shopper,session,occurred_at,product,rank,is_viewed.";

    /// <summary>Reads the rows.</summary>
    /// <param name="path">CSV, TSV, JSON Lines or Parquet, also gzipped.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    /// <exception cref="SourceException">The file or a row has a fault (says line and remedy).</exception>
    public static IEnumerable<ShownProduct> Read(string path, CancellationToken cancellationToken = default)
    {
        using var table = TableFile.Open(path, cancellationToken);
        var (slate, shopper, session) = (table.Need(Form, "slate"), table.Find("shopper"), table.Find("session"));
        var (at, product, rank, viewed) = (table.Need(Form, "occurred_at"), table.Need(Form, "product"), table.Need(Form, "rank"), table.Find("is_viewed"));
        while (table.Read())
        {
            yield return new ShownProduct(
                table.Text(slate).ToString(), Known(table.TextOrEmpty(shopper)), Known(table.TextOrEmpty(session)), Time(table, at), table.Text(product).ToString(), table.Whole(rank, 1),
                string.IsNullOrWhiteSpace(table.TextOrEmpty(viewed)) ? null : table.Number(viewed) != 0);
        }

        static string? Known(string text) => text.Length == 0 ? null : text;
    }

    /// <summary>
    /// Reads a log of requests: duration_ms, and status (failed from 500) or failed, and occurred_at where there is one. Without a column that
    /// tells, nothing is known of failures, and theirs is empty.
    /// </summary>
    /// <exception cref="SourceException">The file or a row has a fault (says line and remedy).</exception>
    public static (double[] DurationMs, bool[] IsFailed, long[] AtMs) ReadRequests(string path, CancellationToken cancellationToken = default)
    {
        const string RequestForm = "Write one row a request: occurred_at,duration_ms,status.";
        using var table = TableFile.Open(path, cancellationToken);
        var (duration, status, failed, at) = (table.Need(RequestForm, "duration_ms"), table.Find("status"), table.Find("failed"), table.Find("occurred_at"));
        List<double> durations = [];
        List<bool> faults = [];
        List<long> times = [];
        while (table.Read())
        {
            var milliseconds = table.Number(duration);
            if (milliseconds < 0) throw table.Fault($"duration_ms is {milliseconds.ToString(CultureInfo.InvariantCulture)}; expected at least 0.");
            durations.Add(milliseconds);
            if (status >= 0) faults.Add(table.Whole(status, 0) >= 500);
            else if (failed >= 0) faults.Add(table.Number(failed) != 0);
            if (at >= 0) times.Add(new DateTimeOffset(Time(table, at)).ToUnixTimeMilliseconds());
        }

        return durations.Count > 0 ? ([.. durations], [.. faults], [.. times]) : throw new SourceException(path, 0, "holds no requests. " + RequestForm);
    }

    private static DateTime Time(TableFile table, int column)
    {
        var text = table.Text(column).Trim();
        return TextTime.TryIso(text, out var time)
            ? DateTime.SpecifyKind(time.Local, DateTimeKind.Utc).AddMinutes(-(time.OffsetMinutes ?? 0))
            : throw table.Fault($"{table.Columns[column]} \"{text}\" is not a time; write it as 2026-03-31T10:15:00Z.");
    }
}
