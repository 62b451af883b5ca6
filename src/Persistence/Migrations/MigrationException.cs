namespace Delegation.Persistence.Migrations;

/// <summary>A database could not be brought to its version. The message is one sentence for the operator: service, file, line, SQLSTATE.</summary>
public sealed class MigrationException : Exception
{
    /// <summary>Refuses with a message.</summary>
    public MigrationException(string message) : base(message)
    {
    }

    /// <summary>Refuses with a message, because of a failure below.</summary>
    public MigrationException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
