namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors before the calls of a channel.</summary>
public static class ChannelExtensions
{
    /// <summary>A call invoker of <paramref name="channel"/> with one interceptor before it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">What sees its calls first.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor) =>
        channel.CreateCallInvoker().Intercept(interceptor);

    /// <summary>A call invoker of <paramref name="channel"/> with interceptors before it; the first of them sees a call first.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptors">What sees its calls first, outermost first.</param>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors) =>
        channel.CreateCallInvoker().Intercept(interceptors);
}
