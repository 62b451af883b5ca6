namespace Aspire.Hosting;

/// <summary>The application is described wrongly, or cannot run; the message says why.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Something is wrong.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>Something is wrong.</summary>
    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    /// <summary>Something is wrong because of something else.</summary>
    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>A parameter has neither a value nor a default.</summary>
/// <param name="message">Names the parameter.</param>
#pragma warning disable CA1032 // The constructors are those of the package.
public class MissingParameterValueException(string message) : DistributedApplicationException(message);
#pragma warning restore CA1032
