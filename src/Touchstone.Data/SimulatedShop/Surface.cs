namespace Touchstone.Data.SimulatedShop;

/// <summary>Where a slate is shown.</summary>
internal enum Surface
{
    /// <summary>Home page: the recommender's.</summary>
    Home,

    /// <summary>Category page.</summary>
    Category,

    /// <summary>Search results.</summary>
    Search,
}
