"""A head that answers with a low end, a middle and a high end."""

from rnncourse.forecast import pinball

QUANTILES = (0.1, 0.5, 0.9)  #: An interval of 80 %, and its middle.


def loss_and_grad(ys, targets, mask=None):
    """Return the quantile loss of forecasts, and its gradient.

    Parameters
    ----------
    ys : (B, horizon * 3), for each step a forecast a quantile
    targets : (B, horizon)
    mask : None

    Returns
    -------
    loss : float
    dys : (B, horizon * 3)
    """
    shape = (*targets.shape, len(QUANTILES))
    loss, dys = pinball(ys.reshape(shape), targets, QUANTILES)
    return loss, dys.reshape(ys.shape)
