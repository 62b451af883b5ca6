using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Delegation.TestKit;

/// <summary>Bounded waiting: a test that waits says for what, and how long at most.</summary>
public static class Eventually
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks until the condition holds.</summary>
    /// <param name="condition">What is waited for. An exception of it counts as "not yet" and is shown when time is up.</param>
    /// <param name="timeout">Null is 20 seconds.</param>
    /// <param name="what">For the message; by default the text of the condition.</param>
    /// <exception cref="TimeoutException">It never held.</exception>
    public static async Task Async(
        Func<Task<bool>> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var limit = timeout ?? DefaultLimit;
        Exception? last = null;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < limit; await Task.Delay(Pause))
        {
            try
            {
                if (await condition().WaitAsync(limit - clock.Elapsed))
                {
                    return;
                }

                last = null;
            }
            catch (Exception notYet)
            {
                last = notYet;
            }
        }

        throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what}", last);
    }

    /// <summary>Asks until the condition holds.</summary>
    /// <param name="condition">What is waited for.</param>
    /// <param name="timeout">Null is 20 seconds.</param>
    /// <param name="what">For the message; by default the text of the condition.</param>
    /// <exception cref="TimeoutException">It never held.</exception>
    public static Task True(
        Func<bool> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Async(() => Task.FromResult(condition()), timeout, what);

    /// <summary>Waits for a task, with a message that names it.</summary>
    /// <param name="task">What is waited for.</param>
    /// <param name="seconds">The limit.</param>
    /// <param name="what">For the message; by default the text of the task.</param>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static async Task<T> Within<T>(this Task<T> task, double seconds, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        await ((Task)task).Within(seconds, what);
        return await task;
    }

    /// <inheritdoc cref="Within{T}(Task{T}, double, string)"/>
    public static async Task Within(this Task task, double seconds, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        // Not WaitAsync: a TimeoutException of the task itself would look like ours.
        if (await Task.WhenAny(task, Task.Delay(TimeSpan.FromSeconds(seconds))) != task)
        {
            throw new TimeoutException($"Not within {seconds:0.#} s: {what}");
        }

        await task;
    }
}
