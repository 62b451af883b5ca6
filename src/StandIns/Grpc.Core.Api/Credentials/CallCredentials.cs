namespace Grpc.Core;

/// <summary>Who makes a call.</summary>
public abstract class CallCredentials
{
    /// <summary>Credentials that consist of several.</summary>
    /// <param name="credentials">Two or more.</param>
    /// <exception cref="ArgumentException">Fewer than two.</exception>
    public static CallCredentials Compose(params CallCredentials[] credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        if (credentials.Length < 2) throw new ArgumentException("Composite credentials consist of two or more.", nameof(credentials));
        return new Composite([.. credentials]);
    }

    /// <summary>Credentials that add headers to each call.</summary>
    /// <param name="interceptor">What adds them.</param>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        return new Intercepted(interceptor);
    }

    /// <summary>Tells a client implementation what these credentials are.</summary>
    /// <param name="configurator">The client's side.</param>
    /// <param name="state">What the configurator gets back.</param>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);

    private sealed class Composite(IReadOnlyList<CallCredentials> credentials) : CallCredentials
    {
        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetCompositeCredentials(state, credentials);
    }

    private sealed class Intercepted(AsyncAuthInterceptor interceptor) : CallCredentials
    {
        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetAsyncAuthInterceptorCredentials(state, interceptor);
    }
}

/// <summary>Takes what <see cref="CallCredentials"/> are; a client implementation derives from it.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>They consist of several.</summary>
    /// <param name="state">What the client passed.</param>
    /// <param name="credentials">The parts.</param>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);

    /// <summary>They add headers.</summary>
    /// <param name="state">What the client passed.</param>
    /// <param name="interceptor">What adds them.</param>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);
}
