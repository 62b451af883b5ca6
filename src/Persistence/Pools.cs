using Npgsql;

namespace Delegation.Persistence;

/// <summary>How a service's connections are kept between two uses.</summary>
internal static class Pools
{
    // A service has some hundred statements, and asks most of them again and again.
    private const int PreparedStatements = 100;

    /// <summary>
    /// For requests. What is asked again is prepared once per connection, and nothing is reset between two uses: a session sets what it
    /// sets for its transaction alone, and the reset would cost each call more than it changes.
    /// </summary>
    public static void OfRequests(NpgsqlDataSourceBuilder source)
    {
        source.ConnectionStringBuilder.MaxAutoPrepare = PreparedStatements;
        source.ConnectionStringBuilder.NoResetOnClose = true;
    }

    /// <summary>For what runs without a caller, which also listens and holds locks, and leaves those to the reset.</summary>
    public static void OfSystem(NpgsqlDataSourceBuilder source) => source.ConnectionStringBuilder.MaxAutoPrepare = PreparedStatements;
}
