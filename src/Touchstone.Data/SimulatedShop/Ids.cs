using System.Globalization;
using Touchstone.Domain;

namespace Touchstone.Data.SimulatedShop;

/// <summary>The ids that the log's files refer to each other by.</summary>
internal static class Ids
{
    /// <summary>Storefront.</summary>
    public const string Site = "main";

    /// <summary>Id of a shopper.</summary>
    public static string Shopper(int shopper) => "S" + (shopper + 1).ToString("D7", CultureInfo.InvariantCulture);

    /// <summary>Id of a session.</summary>
    public static string Session(int shopper, int session) => Shopper(shopper) + "-" + session.ToString(CultureInfo.InvariantCulture);

    /// <summary>Id of an order.</summary>
    public static string Order(int shopper, int order) => "O" + (shopper + 1).ToString("D7", CultureInfo.InvariantCulture) + "-" + (order + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Id of an event.</summary>
    public static string Event(Seed seed, long atMs, int shopper, int sequence) => Uuid7.Of(atMs, seed.Value, shopper, sequence);

    /// <summary>Id of a slate.</summary>
    public static string Slate(Seed seed, long atMs, int shopper, int sequence) => Uuid7.Of(atMs, seed.Value + 1, shopper, sequence);

    /// <summary>Id of a position of a slate.</summary>
    public static string Exposure(Seed seed, long atMs, int shopper, int sequence, int rank) => Uuid7.Of(atMs, seed.Value + 2, shopper, (sequence * 16L) + rank);

    /// <summary>Id of a request for a slate.</summary>
    public static string Request(Seed seed, long atMs, int shopper, int sequence) => Uuid7.Of(atMs, seed.Value + 3, shopper, sequence);
}
