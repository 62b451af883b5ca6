namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors before a call invoker.</summary>
public static class CallInvokerExtensions
{
    /// <summary>Puts one interceptor before <paramref name="invoker"/>.</summary>
    /// <param name="invoker">What makes the calls.</param>
    /// <param name="interceptor">What sees them first.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(invoker, interceptor);
    }

    /// <summary>Puts interceptors before <paramref name="invoker"/>; the first of them sees a call first.</summary>
    /// <param name="invoker">What makes the calls.</param>
    /// <param name="interceptors">What sees them first, outermost first.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptors);
        // Wrapped from the inside out, so that the first in the list ends up outermost.
        return interceptors.Reverse().Aggregate(invoker, Intercept);
    }
}
